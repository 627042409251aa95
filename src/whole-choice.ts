/** Entry of `dist/cdn/choice.js`, and of the npm package: a choice and what follows it, together. */
import {type CreateChoice, createChoice as createChoiceAlone} from './choice.js';
import {createUpkeep} from './upkeep.js';

export const createChoice: CreateChoice = (core) => createChoiceAlone(core, {createUpkeep});
