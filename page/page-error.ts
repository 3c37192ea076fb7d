/** A file that cannot become a page. */
export class PageError extends Error {
  override readonly name: string = "PageError";

  /** @param place file, with its line where there is one; reads `place: problem; remedy` */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}
