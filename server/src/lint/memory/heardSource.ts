import type { FilePath } from "../../base/path";
import type { Module } from "../../syntax/ast";
import type { SourceFile } from "../rule";

/** Hears what rules ask of a source file. */
export interface SourceListener {
  /** Something was asked that any edit of the file may change: its text, comments, problems. */
  askedText(): void;
  /** The statements were asked for, which are the same objects wherever an edit has left them alone. */
  askedBody(): void;
}

/** A source file whose answers a listener hears: what only looks at statements does not depend on the text between them. */
export class HeardSource implements SourceFile {
  readonly path: FilePath;
  readonly ast: Module;
  private readonly written: string;
  private readonly listener: SourceListener;

  constructor(path: FilePath, text: string, module: Module, listener: SourceListener) {
    this.path = path;
    this.written = text;
    this.listener = listener;
    this.ast = new HeardModule(module, listener);
  }

  get text(): string {
    this.listener.askedText();
    return this.written;
  }
}

class HeardModule implements Module {
  readonly kind = "Module";
  private readonly module: Module;
  private readonly listener: SourceListener;

  constructor(module: Module, listener: SourceListener) {
    this.module = module;
    this.listener = listener;
  }

  get start(): number {
    return this.module.start;
  }

  get end(): number {
    this.listener.askedText();
    return this.module.end;
  }

  get body(): Module["body"] {
    this.listener.askedBody();
    return this.module.body;
  }

  get comments(): Module["comments"] {
    this.listener.askedText();
    return this.module.comments;
  }

  get problems(): Module["problems"] {
    this.listener.askedText();
    return this.module.problems;
  }
}
