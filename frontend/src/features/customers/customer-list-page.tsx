export function CustomerListPage() {
  return <p />;
}
