/** ncc 0.45.0 as far as the build uses it. */
declare module '@vercel/ncc' {
  interface Asset {
    readonly source: Buffer | string;
    readonly permissions: number;
  }

  interface Built {
    readonly code: string;
    readonly assets: Readonly<Record<string, Asset>>;
  }

  interface Options {
    readonly cache: false;
    /** Module → what stands in the bundle in its place. */
    readonly externals: Readonly<Record<string, string>>;
    readonly minify: boolean;
    readonly quiet: boolean;
  }

  export default function ncc(entry: string, options: Options): Promise<Built>;
}
