/** Compile-time assertions: the type checker is the test runner. */

/** Exactly the same type, not merely assignable. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `expectType<Equal<A, B>>()` does not compile where they differ. */
export function expectType<_Holds extends true>(): void {}
