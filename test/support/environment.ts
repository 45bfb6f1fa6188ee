/* Tests keep nothing but what they name: one must not find what another left behind. */
process.env.TURNSPAN_DATA = 'off';
