export type { MetricSource, PodMetric, ScrapeTarget, Scraper, ScraperOptions } from './scraper.ts';
