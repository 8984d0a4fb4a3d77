/** In a deviation: the object is gone, where a recorded expectation says `null`. */
export const GONE = '(gone)';
