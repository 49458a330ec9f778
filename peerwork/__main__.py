from peerwork.site.cli import main

raise SystemExit(main())
