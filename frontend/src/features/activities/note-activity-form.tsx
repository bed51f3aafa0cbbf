export function NoteActivityForm() {
  return <p />;
}
