/// <reference path="./ion-process.d.ts" />
/// <reference path="./ion-std.d.ts" />
/// <reference path="./ion-foreign.d.ts" />
/// <reference path="./console.d.ts" />
