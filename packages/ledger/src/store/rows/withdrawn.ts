/** Code of a report file that somebody took back: it is loaded again only where somebody asks for that. */
export const WITHDRAWN = "file.withdrawn";
