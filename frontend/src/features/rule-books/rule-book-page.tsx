export function RuleBookPage() {
  return <p />;
}
