export function Palette(_: { onClose: () => void }) {
  return <p />;
}
