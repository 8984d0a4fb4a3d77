/** The process environment as every entry hands it down; nothing below an entry reads `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;
