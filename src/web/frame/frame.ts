/** What surrounds the content of every page. */
export interface Frame {
  /** Who is signed in; null for nobody. */
  readonly person: { readonly name: string } | null;
  readonly navigation: readonly NavigationLink[];
  /** Goes into every form, see FormTokens. */
  readonly formToken: string;
  readonly version: string;
}

export interface NavigationLink {
  readonly text: string;
  readonly href: string;
  /** Marks the part of the service that the page belongs to. */
  readonly active: boolean;
}
