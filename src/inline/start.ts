/** Entry of the inlined loader without a first layer. */
import {startInline} from './loader.js';

startInline();
