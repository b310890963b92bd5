export declare function Inject(token: unknown): ParameterDecorator;
