// Set by the bundler, so that the book's scripts hold no code for notebooks: in the book the HTML of each widget stands in
// its page, and its links lead somewhere.
declare const IN_BOOK: boolean;
