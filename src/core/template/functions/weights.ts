/** What functions cost beyond one unit for each byte of their arguments: measured, with a unit of some ten nanoseconds. */

/** By what the bytes of all arguments are multiplied. */
const SLOWER: Readonly<Record<string, number>> = {
  ...{ snakecase: 80, kebabcase: 80, split: 40, semver: 30 },
  ...{ swapcase: 30, b32enc: 30, title: 25, upper: 24, lower: 24, camelcase: 22, b32dec: 18, untitle: 18 },
  ...{ toDate: 28, mustToDate: 28, date: 13, dateInZone: 13, date_in_zone: 13, htmlDate: 13, htmlDateInZone: 13 },
  ...{ dateModify: 13, date_modify: 13, mustDateModify: 13, must_date_modify: 13, duration: 11, durationRound: 13 },
  ...{ urlParse: 18, quote: 13, nospace: 9, trimAll: 8, trimall: 8, trim: 6, filterPEM: 7, filterCertChain: 6 },
  ...{
    int: 12,
    int64: 12,
    atoi: 12,
    add: 12,
    add1: 12,
    sub: 12,
    mul: 12,
    div: 12,
    mod: 12,
    min: 12,
    max: 12,
    biggest: 12,
  },
  ...{ toDecimal: 12, adler32sum: 5, hexdec: 5, b64dec: 3, decryptAES: 3, encryptAES: 2, buildCustomCert: 4 },
  ...{ pkcs12key: 6, pkcs12keyPass: 6, pkcs12cert: 6, pkcs12certPass: 6, dir: 5, clean: 3, wrap: 4, wrapWith: 4 },
  ...{ indent: 5, nindent: 5, splitn: 3, splitList: 3, initials: 3, replace: 2 },
};

export const WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(SLOWER));
