/** The id of the prompt bar's input, by which commands put the cursor there. */
export const promptInputId = 'new-shot-prompt';
