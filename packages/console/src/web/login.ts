// What the reader wanted to see stands behind the `#`, which no server ever gets: the form takes it along.
const [form] = document.forms;
if (form) form.action += location.hash;

export {};
