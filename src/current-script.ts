/** The classic script that is running; `null` in modules and callbacks. */
export function currentScript(): HTMLScriptElement | null {
  // Not `document.currentScript`: an element of that name would stand in for it.
  return Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
}
