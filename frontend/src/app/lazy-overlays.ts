import { lazyPart } from "@/lib/lazy-part";

export const Palette = lazyPart(() => import("./palette").then((part) => part.Palette));
export const KeySheet = lazyPart(() => import("./key-sheet").then((part) => part.KeySheet));
export const PasswordDrawer = lazyPart(() =>
  import("@/features/sessions/change-password-drawer").then((part) => part.ChangePasswordDrawer),
);
