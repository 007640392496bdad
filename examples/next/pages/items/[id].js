import { createElement } from 'react';

export function getServerSideProps({ params }) {
  return { props: { id: params.id } };
}

export default function Item({ id }) {
  return createElement('p', null, id);
}
