// Validates Kubernetes objects (YAML on standard input) by the models of kubernetes-models: types, words, what is required.
// node validate.mjs FOLDER   where FOLDER holds node_modules. Prints what is wrong, then how many objects were looked at.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = join(process.argv[2], "node_modules");
const packages = ["kubernetes-models", "@kubernetes-models/gateway-api", "@kubernetes-models/prometheus-operator"];
const load = (...path) => import(pathToFileURL(join(modules, ...path)));
const { parseAllDocuments } = await load("yaml", "dist", "index.js");

let text = "";
for await (const chunk of process.stdin) text += chunk;

let seen = 0;
let wrong = 0;
const say = (name, what) => { wrong++; console.log(`${name}: ${what}`); };
for (const document of parseAllDocuments(text, { version: "1.1" })) {
  const object = document.toJS();
  if (object === null) continue;
  const name = `${object.kind} ${object.metadata?.name}`;
  seen++;
  for (const error of [...document.errors, ...document.warnings]) say(name, error.message);
  const place = packages.find((pack) => existsSync(join(modules, pack, ...object.apiVersion.split("/"), `${object.kind}.js`)));
  if (place === undefined) { say(name, `no model of ${object.apiVersion}`); continue; }
  const Model = (await load(place, ...object.apiVersion.split("/"), `${object.kind}.js`))[object.kind];
  try { new Model(object).validate(); } catch (error) { say(name, error.message); }
}

console.log(`${seen} objects`);
process.exitCode = wrong === 0 && seen > 0 ? 0 : 1;
