export declare function Resolver(): ClassDecorator;
export declare function Mutation(): MethodDecorator;
export declare function Args(): ParameterDecorator;
