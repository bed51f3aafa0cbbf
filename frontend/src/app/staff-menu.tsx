import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useMutation } from "urql";
import { SignOutDocument } from "@/features/sessions/sign-out.gql";
import { t } from "@/lib/i18n";
import { useMe } from "@/lib/session/me";
import { roleName } from "@/lib/words";
import { Icon } from "@/ui/icon";
import { PasswordDrawer } from "./lazy-overlays";

type Props = { onKeys: () => void; onSignedOut: () => void };

/** Who one is, by which posts, and the way out. */
export function StaffMenu({ onKeys, onSignedOut }: Props) {
  const { staff, posts } = useMe();
  const [isChanging, setChanging] = useState(false);
  const [, signOut] = useMutation(SignOutDocument);

  return (
    <>
      <MenuTrigger>
        <Button className="staff-button">
          <Icon name="staff" />
          <span className="staff-name">{staff.name}</span>
          <Icon name="down" size={14} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            <MenuSection>
              <Header className="menu-head">
                {`${staff.name} · ${staff.staffNo}`}
                {posts.map((post) => (
                  <span key={post.unit.id + post.role} className="menu-post">
                    {`${roleName(post.role)} · ${post.unit.name}`}
                  </span>
                ))}
              </Header>
              <MenuItem className="menu-item" onAction={() => setChanging(true)}>
                <Icon name="shield" />
                {t("staffMenu.password")}
              </MenuItem>
              <MenuItem className="menu-item" onAction={onKeys}>
                <Icon name="keyboard" />
                {t("keys.title")}
              </MenuItem>
              <MenuItem className="menu-item" onAction={() => void leave()}>
                <Icon name="signOut" />
                {t("staffMenu.signOut")}
              </MenuItem>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {isChanging && <PasswordDrawer onClose={() => setChanging(false)} />}
    </>
  );

  async function leave() {
    await signOut({});
    onSignedOut();
  }
}
