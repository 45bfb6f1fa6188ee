const INITIAL_WORDS = 256;

/** Bytes that are being put together or taken apart; it grows while it is written to. */
export class ByteBuffer {
  words: Uint32Array = new Uint32Array(INITIAL_WORDS);
  /** The same memory, byte by byte. */
  bytes: Uint8Array = new Uint8Array(this.words.buffer);
  /** Where the next byte is written or read. */
  position = 0;

  /** Makes room for so many bytes from the position on. */
  reserve(count: number): void {
    const needed = this.position + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint32Array(Math.ceil(needed / 2));
    larger.set(this.words);
    this.words = larger;
    this.bytes = new Uint8Array(larger.buffer);
  }

  /** Writes the lowest eight bits, where there is room. */
  write(byte: number): void {
    this.bytes[this.position] = byte;
    this.position += 1;
  }

  /** Writes a whole number from 0 to 2³¹ - 1: a small one in one byte, none in more than five. */
  writeCount(count: number): void {
    let rest = count;
    for (; rest > 0x7f; rest >>>= 7) this.write(rest | 0x80);
    this.write(rest);
  }

  /** Reads the next byte. */
  read(): number {
    const byte = this.bytes[this.position] ?? 0;
    this.position += 1;
    return byte;
  }

  /** Reads what {@link writeCount} has written. */
  readCount(): number {
    let count = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.read();
      count |= (byte & 0x7f) << shift;
      if (byte < 0x80) return count;
    }
  }
}
