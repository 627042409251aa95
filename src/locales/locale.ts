/** The shape of one language's texts. Each locale file exports one `Locale`, complete: a missing text is a type error. */
export interface Locale {
  /** BCP 47 tag, set as `lang` on what is shown in it. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** First layer. `{controller}` and `{purposes}` are replaced. */
  readonly bannerTitle: string;
  readonly bannerText: string;
  /** First layer where the regime is `notice` or `opt-out`: the tags already run. */
  readonly noticeText: string;
  readonly acceptAll: string;
  readonly rejectAll: string;
  readonly settings: string;
  readonly privacyPolicy: string;
  readonly cookiePolicy: string;
  /** Between the items of a list; between two alone; before the last of more than two. */
  readonly comma: string;
  readonly and: string;
  readonly lastly: string;
  /** End of a list that is cut short. `{count}` is replaced. */
  readonly more: string;
  /** Second layer. */
  readonly preferencesTitle: string;
  readonly preferencesText: string;
  readonly save: string;
  readonly close: string;
  readonly alwaysOn: string;
  /** A category some of whose vendors are on. */
  readonly mixed: string;
  readonly recipients: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly transmits: string;
  readonly retention: string;
  readonly country: string;
  readonly vendorOptOut: string;
  /** `{date}` is replaced. */
  readonly chosenOn: string;
  readonly changed: string;
  readonly thirdPartyCookies: string;
  /** `{names}` of cookies. */
  readonly notDeleted: string;
  readonly gpcHonoured: string;
  readonly ageLocked: string;
  /** Status messages. `{vendor}` is replaced. */
  readonly saved: string;
  /** A withdrawal could not load the page anew without harm. */
  readonly stopsLater: string;
  readonly vendorDenied: string;
  readonly allDenied: string;
  readonly undo: string;
  readonly undone: string;
  readonly newTab: string;
  /** The known categories: `name` heads the switch, `purpose` stands in a sentence, `text` explains. */
  readonly categories: Readonly<Record<string, LocaleCategory>>;
}

/** One known category in one language. */
export interface LocaleCategory {
  readonly name: string;
  readonly purpose: string;
  readonly text: string;
}
