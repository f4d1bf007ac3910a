import type { Module } from "./ast";

/** Reads Python source. Never throws: what cannot be read becomes `BadStmt` and `BadExpr` plus an entry in `problems`. */
export interface Parser {
  /** Which build of tree-sitter works behind it. */
  readonly backend: "wasm" | "native";
  parse(text: string): Module;
}
