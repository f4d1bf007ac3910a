export declare const editorNode: string;
export declare const codeServerEntry: string;
export declare function findChromium(): string | undefined;
export declare function findNeovim(): string | undefined;
