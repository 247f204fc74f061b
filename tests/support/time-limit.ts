// A whole Larder boots in seconds, but two of them may share a core with a third.
jest.setTimeout(120_000);
