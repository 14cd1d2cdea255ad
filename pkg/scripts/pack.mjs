// Packs the package and installs the tarball in an empty project, which the tests use.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const packed = new URL(".packed/", root);
const project = new URL("project/", packed);
rmSync(packed, { recursive: true, force: true });
mkdirSync(project, { recursive: true });
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const [{ filename, files }] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", packed.pathname)) ;
writeFileSync(new URL("files.json", packed), JSON.stringify(files.map((file) => file.path)));
writeFileSync(new URL("package.json", project), '{ "name": "empty", "private": true, "type": "module" }\n');
npm(project, "install", "--no-audit", "--no-fund", "--prefer-offline", new URL(filename, packed).pathname);
