import { createElement } from 'react';

export function getServerSideProps() {
  return { props: {} };
}

export default function Home() {
  return createElement('p', null, 'hello');
}
