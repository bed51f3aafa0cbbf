import { lazyPart } from "@/lib/lazy-part";

export const PostponeForm = lazyPart(() => import("./postpone-form").then((part) => part.PostponeForm));
