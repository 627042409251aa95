/**
 * What the elements share that an author describes by attributes: each attribute is a property too, which changes with it,
 * but not the other way round.
 */
import {ConsentElement} from './consent-element.js';
import {upgradeProperties} from './upgrade-properties.js';

/** Base of such an element; not an element by itself. */
export abstract class AttributedElement extends ConsentElement {
  /** Every name is that of a property as well. */
  static readonly observedAttributes: readonly string[];

  override connectedCallback(): void {
    const {observedAttributes} = this.constructor as typeof AttributedElement;
    upgradeProperties(this, observedAttributes as readonly (keyof this)[]);
    super.connectedCallback();
  }

  attributeChangedCallback(name: string, _before: string | null, now: string | null): void {
    // An own property was set by the page before there was any code, and is heard at connection.
    if (!Object.hasOwn(this, name)) Object.assign(this, {[name]: now});
  }
}
