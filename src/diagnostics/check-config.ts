export function checkConfig(_config: unknown): void {}
