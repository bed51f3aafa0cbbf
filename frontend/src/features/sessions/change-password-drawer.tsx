export function ChangePasswordDrawer(_: { onClose: () => void }) {
  return <p />;
}
