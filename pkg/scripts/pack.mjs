// Packs the package and installs the tarball where the tests use it: in an empty project, and in
// a copy of the examples.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const packed = new URL(".packed/", root);
const project = new URL("project/", packed);
const examples = new URL("examples/", packed);
rmSync(packed, { recursive: true, force: true });
mkdirSync(project, { recursive: true });
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const install = (cwd, ...args) => npm(cwd, "install", "--no-audit", "--no-fund", "--prefer-offline", ...args);
const [{ filename, files }] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", packed.pathname));
writeFileSync(new URL("files.json", packed), JSON.stringify(files.map((file) => file.path)));
writeFileSync(new URL("package.json", project), '{ "name": "empty", "private": true, "type": "module" }\n');
install(project, new URL(filename, packed).pathname);

// In the repository the examples use the package beside them; here, the tarball.
cpSync(new URL("examples/", root), examples, {
  recursive: true,
  filter: (from) => !/\/(node_modules|dist)$/.test(from),
});
const edit = (name, change) => {
  const json = JSON.parse(readFileSync(new URL(name, examples), "utf8"));
  change(json);
  writeFileSync(new URL(name, examples), JSON.stringify(json, undefined, 2));
};
edit("package.json", ({ dependencies }) => {
  dependencies.seamlint = `file:../${filename}`;
});
edit("package-lock.json", ({ packages }) => {
  delete packages[".."];
  delete packages["node_modules/seamlint"];
});
install(examples);
