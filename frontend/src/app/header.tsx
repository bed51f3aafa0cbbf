import { useMutation } from "urql";
import { ChooseLanguageDocument } from "@/features/sessions/choose-language.gql";
import { t } from "@/lib/i18n";
import { useMe } from "@/lib/session/me";
import { setTheme, useTheme } from "@/lib/theme";
import { Brand } from "@/ui/brand";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { LanguageSwitch } from "@/ui/language-switch";
import { StaffMenu } from "./staff-menu";

type Props = { onSearch: () => void; onKeys: () => void; onSignedOut: () => void };

export function Header({ onSearch, onKeys, onSignedOut }: Props) {
  const me = useMe();
  const theme = useTheme();
  const [, chooseLanguage] = useMutation(ChooseLanguageDocument);

  return (
    <header className="header">
      <Brand />
      <span className="header-unit" title={me.staff.unit.name}>
        <Icon name="unit" size={16} />
        <span>{me.staff.unit.name}</span>
      </span>
      {me.isDemo && <span className="demo-tag">{t("shell.demo")}</span>}
      <button type="button" className="search-button" onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" size={16} />
        <span className="search-word">{t("shell.search")}</span>
        <kbd>{t("key.ctrlK")}</kbd>
      </button>
      <div className="header-tools">
        <LanguageSwitch onSwitched={(language) => void chooseLanguage({ input: { language } })} />
        <IconButton
          icon={theme === "dark" ? "sun" : "moon"}
          label={t(theme === "dark" ? "shell.toLight" : "shell.toDark")}
          onPress={() => setTheme(theme === "dark" ? "light" : "dark")}
        />
        <IconButton icon="keyboard" label={t("keys.title")} onPress={onKeys} />
        <StaffMenu onKeys={onKeys} onSignedOut={onSignedOut} />
      </div>
    </header>
  );
}
