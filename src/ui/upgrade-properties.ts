/**
 * What a page has set on an element that had no code yet is an own property, which hides the accessor of the same name.
 * Such a property goes before the attribute.
 */

/** Sets anew what was set too early. To be called at each connection: by then the attributes have been read. */
export function upgradeProperties<E extends object>(element: E, names: readonly (keyof E)[]): void {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}
