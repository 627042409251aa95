/**
 * Entry of `dist/cdn/prompt.js`: what decides, the banner and the texts of the first layer in every language, as one file
 * for those who are asked. What follows an answer comes once there is one; everything else that can be shown comes with
 * `ui.js`, once somebody wants to see it.
 */
import {type CreateChoice, createChoice as createChoiceAlone} from './choice.js';
import {promptTexts} from './prompt-texts.js';
import {mountBanner} from './ui/mount-banner.js';

export const createChoice: CreateChoice = (core) =>
  createChoiceAlone(core, {prompt: {mountUi: mountBanner, texts: promptTexts}});
