/** Ends the run also where a file that failed halfway has left something open; jest would wait for it for ever. */
export default function teardown(): void {
  // Long enough for jest to tell its results. It sets the exit code of a process that ends.
  setTimeout(() => process.exit(), 10_000).unref();
}
