/** Who was taken for whom. */

/**
 * Confusion matrix: entry [label][answer] counts the samples of class `label` that were answered `answer`. The sum of a row
 * is the number of samples of its class, the diagonal holds the correct ones.
 *
 * @param labels class of each sample, 0 .. classes - 1
 * @param answers the answer to each, in the same order
 * @throws RangeError for lengths that differ, and for a label or answer that is no class
 */
export function confusionMatrix(labels: ArrayLike<number>, answers: ArrayLike<number>, classes: number): number[][] {
  if (labels.length !== answers.length) {
    throw new RangeError(`confusion: ${labels.length} labels, ${answers.length} answers; give one answer a label`);
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let n = 0; n < labels.length; n++) {
    const row = matrix[labels[n]!];
    const answer = answers[n]!;
    if (row?.[answer] === undefined) {
      throw new RangeError(
        `confusion: sample ${n}: label ${labels[n]}, answer ${answer}; both must be whole numbers from 0 to ${classes - 1}`,
      );
    }
    row[answer]! += 1;
  }
  return matrix;
}
