export interface DocumentNode {
  readonly kind: string;
}
export declare function parse(source: string): DocumentNode;
