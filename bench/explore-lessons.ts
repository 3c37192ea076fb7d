/** What people read off the tables of docs/results/explore.md. */

interface Lesson {
  /** digestOf the designs that were read. */
  readonly of: string;
  readonly text: string;
}

export const LESSONS: Readonly<Record<"designs" | "learning", Lesson>> = {
  designs: { of: "", text: "" },
  learning: { of: "", text: "" },
};
