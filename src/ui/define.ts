/** The one place where elements get their names. A second copy on the page keeps the first one's elements. */
export function define(name: string, element: CustomElementConstructor): void {
  // Node has no registry: a server may import the elements and do nothing with them.
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, element);
}
