export function KeySheet(_: { onClose: () => void }) {
  return <p />;
}
