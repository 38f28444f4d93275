import configs from "./tsup.config.ts";
export default [ (configs as any)[1] ];
