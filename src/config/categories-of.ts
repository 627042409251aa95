/** @returns the categories of a tag or vendor, each of which has to be granted: one, or several with white space between them */
export const categoriesOf = (text: string): readonly string[] => text.trim().split(/\s+/);
