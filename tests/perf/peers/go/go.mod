module nevaperf/peer

go 1.19
