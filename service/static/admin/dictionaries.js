// While documents are read again in the background, look every few seconds how far it is.
setTimeout(() => location.reload(), 4000);
