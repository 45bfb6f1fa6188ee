/** Gives the reader a file. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[^\w.-]+/g, '_');
  link.click();
  // The download has to have begun before its source may go.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
