// Types of pages and of WebAssembly, for compilers that know neither: a service has no DOM.

type Global<Name extends string> = typeof globalThis extends { [name in Name]: { prototype: infer T } } ? T : never;

/** A form of a page. */
export type PageForm = Global<"HTMLFormElement">;

/** A compiled module. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T : object;

/** The bytes of a module. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** Where the module comes from. */
export type WasmSource = Bytes | WasmModule | Global<"Response"> | Global<"URL"> | string;

/** The zone of local times: its name, or a function that finds it for the field at a path. */
export type ZoneOption = string | ((form: PageForm, path: readonly string[]) => string | undefined);
